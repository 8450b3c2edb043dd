import { Skeleton } from '@mantine/core';
import { ListSkeleton } from '@/components/record-list';
import { Section } from '@/components/section';

/** Keeps the place of a page while the server asks for its data. */
export default function Loading() {
  return (
    <div aria-hidden className="mx-auto w-full max-w-[1240px]">
      <Skeleton height={28} width={220} radius="sm" />
      <Skeleton height={12} width={340} radius="sm" className="mt-3 mb-8 max-w-full" />
      <Section flush>
        <ListSkeleton />
      </Section>
    </div>
  );
}
