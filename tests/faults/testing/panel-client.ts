/** An answer of the panel's tRPC address, as a program outside sees it. */
export interface PanelAnswer {
  status: number;
  // What a procedure answers is judged by the test that asked for it.
  body: {
    result?: { data: unknown };
    error?: {
      message: string;
      data: { code: string; issues: Array<{ path: Array<string | number>; message: string }> };
    };
  };
}

/** A program that signs in and calls procedures over HTTP, with nothing of ours but the address. */
export class PanelClient {
  #cookies = new Map<string, string>();
  /** Every answer to a call, as `procedure: body`. */
  readonly heard: string[] = [];
  constructor(readonly url: string) {}

  async signIn({ email, password }: { email: string; password: string }): Promise<this> {
    const { csrfToken } = await (await this.fetch('/api/auth/csrf')).json();
    const form = new URLSearchParams({ csrfToken, email, password, callbackUrl: this.url, json: 'true' });
    const answer = await this.fetch('/api/auth/callback/credentials', { method: 'POST', body: form });
    if (![...this.#cookies.keys()].some((name) => name.includes('session'))) {
      throw new Error(`Signing in as ${email} was refused with ${answer.status}: ${await answer.text()}`);
    }
    return this;
  }

  /** What it is signed in with: whoever has it is this program. */
  cookies(): Record<string, string> {
    const signedIn = [...this.#cookies].filter(([name]) => name.includes('session'));
    return Object.fromEntries(signedIn.map(([name, value]) => [`cookie ${name}`, value]));
  }

  /** The same session at another address of the same installation. */
  movedTo(url: string): PanelClient {
    const moved = new PanelClient(url);
    moved.#cookies = new Map(this.#cookies);
    return moved;
  }

  /** Any request, with the cookies of the session. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookies.size > 0) headers.set('cookie', [...this.#cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** The whole answer, refusals too. */
  async call(kind: 'query' | 'mutation', path: string, input: unknown): Promise<PanelAnswer> {
    const response =
      kind === 'query'
        ? await this.fetch(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
        : await this.fetch(`/api/trpc/${path}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(input),
          });
    const text = await response.text();
    this.heard.push(`${path}: ${text}`);
    return { status: response.status, body: JSON.parse(text) };
  }

  query = <T>(path: string, input: unknown = {}): Promise<T> => this.#data(this.call('query', path, input), path);
  mutate = <T>(path: string, input: unknown): Promise<T> => this.#data(this.call('mutation', path, input), path);

  async #data<T>(answer: Promise<PanelAnswer>, path: string): Promise<T> {
    const { status, body } = await answer;
    if (!body.result) throw new Error(`${path} answered ${status}: ${body.error?.message}`);
    return body.result.data as T; // the caller names what this procedure answers
  }
}
