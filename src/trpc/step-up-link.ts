import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from './root';

/** Shows a question for the password and answers whether the right one was entered. */
type Ask = () => Promise<boolean>;

/** Where the pages' one question for the password is registered while it is on the page. */
export class PasswordQuestion {
  #ask: Ask | null = null;
  #asked: Promise<boolean> | null = null;

  /** Returns how to take it away again. */
  register(ask: Ask): () => void {
    this.#ask = ask;
    return () => {
      if (this.#ask === ask) this.#ask = null;
    };
  }

  /** Several refused at once share one question. Without one on the page the answer is no. */
  answer(): Promise<boolean> {
    this.#asked ??= (this.#ask?.() ?? Promise.resolve(false)).finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }
}

/**
 * A call that is refused because the password was entered too long ago asks for it and is sent again: no page has to know
 * which of its buttons that may happen to. Whoever closes the question gets the refusal.
 */
export function stepUpLink(question: PasswordQuestion): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let closed = false;
        let running = send(true);
        function send(mayAsk: boolean) {
          return next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              if (!mayAsk || !isPasswordNeeded(error)) return observer.error(error);
              void question.answer().then((entered) => {
                if (closed) return;
                if (entered) running = send(false);
                else observer.error(error);
              });
            },
          });
        }
        return () => {
          closed = true;
          running.unsubscribe();
        };
      });
}

function isPasswordNeeded(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data?.reason === 'PASSWORD_NEEDED';
}
