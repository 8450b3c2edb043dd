import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { RouteKind } from 'next/dist/server/route-kind.js';
import { type AppRouteHandlers, AppRouteRouteModule } from 'next/dist/server/route-modules/app-route/module.js';
import { NextRequest } from 'next/server.js';

/** Every route.ts there is, by the address it answers at, for example `/sso/[serviceId]`. */
const FILES = new Map(
  Object.entries(import.meta.glob<AppRouteHandlers>('../**/route.ts')).map(([file, load]) => [
    file.replace(/^\.\./, '').replace(/\/route\.ts$/, ''),
    load,
  ]),
);
export const ROUTES = [...FILES.keys()].sort();

type Params = Record<string, string | string[]>;

/** The names of an address's own places, filled from a path; null when it is not for this path. */
function matchRoute(route: string, path: string): Params | null {
  const places = [...route.matchAll(/\[(\.\.\.)?(\w+)\]/g)];
  const pattern = route.replaceAll(/\[\.\.\.\w+\]/g, '(.+)').replaceAll(/\[\w+\]/g, '([^/]+)');
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (!found) return null;
  const filled = places.map(([, many, name = ''], index): [string, string | string[]] => {
    const value = found[index + 1] ?? '';
    return [name, many ? value.split('/') : value];
  });
  return Object.fromEntries(filled);
}

// Next's enum is there for the compiler only.
const KIND = { kind: 'APP_ROUTE' as RouteKind.APP_ROUTE };

/** Fixed words come before what fits one word, and that before what fits any number, as in Next. */
const rank = (route: string) => route.replaceAll('[...', '~~').replaceAll('[', '~');
const ORDER = [...ROUTES].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

async function answer(incoming: IncomingMessage): Promise<Response> {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
  for (const route of ORDER) {
    const params = matchRoute(route, url.pathname);
    if (params === null) continue;
    const userland = await FILES.get(route)?.();
    if (!userland) break;
    const module = new AppRouteRouteModule({
      definition: { ...KIND, page: route, pathname: route, filename: route, bundlePath: route },
      distDir: '.next',
      relativeProjectDir: '',
      resolvedPagePath: route,
      nextConfigOutput: undefined,
      userland: () => ({ dynamic: 'force-dynamic', generateStaticParams: undefined, ...userland }),
    });
    await module.ensureUserland();
    const hasBody = !['GET', 'HEAD'].includes(incoming.method ?? 'GET');
    const request = new NextRequest(url, {
      method: incoming.method,
      headers: Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
      ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
    });
    return module.handle(request, contextFor(params));
  }
  return new Response('Nothing answers here.', { status: 404 });
}

type Context = Parameters<AppRouteRouteModule['handle']>[1];

/** What Next hands a route besides the request: nothing is cached, nothing is drawn ahead. */
function contextFor(params: Params): Context {
  const unused = { previewModeId: '', previewModeEncryptionKey: '', previewModeSigningKey: '' };
  return {
    params,
    previewProps: unused,
    renderOpts: { experimental: { authInterrupts: false }, cacheComponents: false, onClose: () => {} },
    sharedContext: { buildId: 'test', deploymentId: '' },
  } as unknown as Context; // much more of it is for pages only
}

/** All routes behind a real HTTP server on loopback, run by Next's own code for route handlers. */
export async function serveRoutes(): Promise<{ url: string; stop: () => void }> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const response = await answer(incoming);
      // Whoever is refused early has not been heard to the end; the next call takes a connection of its own.
      if (!incoming.complete) outgoing.setHeader('connection', 'close');
      for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
      outgoing.writeHead(response.status).end(Buffer.from(await response.arrayBuffer()));
      incoming.resume();
    } catch (error) {
      outgoing.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP listener always has one
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
