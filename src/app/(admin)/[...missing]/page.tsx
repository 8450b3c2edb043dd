import { notFound } from 'next/navigation';

/** Unknown addresses inside the shell, so that the navigation stays at hand. */
export default function MissingPage(): never {
  notFound();
}
