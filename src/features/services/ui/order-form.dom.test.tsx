import type { AddressInfo } from 'node:net';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { initTRPC } from '@trpc/server';
import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderInPanel } from '@/components/testing/render-in-panel';
import { DomainError } from '@/lib/errors';
import { TRPCProvider } from '@/trpc/client';
import { formatError, toTrpcError } from '@/trpc/error-shape';
import { OrderForm } from './order-form';

const t = initTRPC.context<{ requestId: string }>().create({ errorFormatter: formatError });
const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTrpcError(result.error);
});

const option = { unit: '', min: 0, max: 100, step: 1, default: 10 };
const product = {
  id: 'p1',
  name: 'Minecraft Pro',
  description: 'Mods and room.',
  moduleName: 'Pickaxe',
  group: null,
  configOptions: [
    { ...option, id: 'ram', label: 'Memory' },
    { ...option, id: 'cpu', label: 'Processor' },
  ],
};
const rare = {
  ...product,
  id: 'p2',
  name: 'Zebra Rare',
  configOptions: [{ ...option, id: 'slots', label: 'Slots', default: 7 }],
};
const customer = { id: 'c1', name: 'Ada Fenwick', email: 'ada@example.com' };

let asked: { idempotencyKey: string; configOptions: unknown }[] = [];
let refusal: DomainError;

/** Speaks to the form exactly as the real procedures do, over HTTP, with the real shape of errors. */
const server = createHTTPServer({
  createContext: () => ({ requestId: 'r1' }),
  router: t.router({
    products: t.router({
      // The rare one is not among the first: only who asks for it gets it.
      list: procedure
        .input(z.looseObject({ search: z.string().optional() }))
        .query(({ input }) => ({ items: input.search === 'zeb' ? [rare] : [product], nextCursor: null })),
    }),
    customers: t.router({ list: procedure.input(z.unknown()).query(() => ({ items: [customer], nextCursor: null })) }),
    services: t.router({
      create: procedure
        .input(z.looseObject({ idempotencyKey: z.string(), configOptions: z.unknown() }))
        .mutation(({ input }) => {
          asked.push(input);
          throw refusal;
        }),
    }),
  }),
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const nowhere = () => {};
const router = {
  push: nowhere,
  replace: nowhere,
  refresh: nowhere,
  back: nowhere,
  forward: nowhere,
  prefetch: nowhere,
  bfcacheId: '',
};

async function fillIn() {
  renderInPanel(
    <AppRouterContext.Provider value={router}>
      <TRPCProvider url={url}>
        <OrderForm />
      </TRPCProvider>
    </AppRouterContext.Provider>,
  );
  fireEvent.click(await screen.findByRole('combobox', { name: 'Product' }));
  fireEvent.click(await screen.findByRole('option', { name: 'Minecraft Pro' }));
  fireEvent.click(screen.getByRole('combobox', { name: 'Customer' }));
  fireEvent.click(await screen.findByRole('option', { name: /Ada Fenwick/ }));
}
const order = () => fireEvent.click(screen.getByRole('button', { name: 'Order service' }));

describe('OrderForm', () => {
  it('puts what the server says about an option under that option, and the cursor into it', async () => {
    const message = 'Processor must be between 50 and 400.';
    refusal = new DomainError('BAD_INPUT', message, [{ path: ['configOptions', 1, 'quantity'], message }]);
    await fillIn();
    order();
    expect(await screen.findByText(message)).toBeTruthy();
    const field = screen.getByRole('textbox', { name: 'Processor' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(screen.getByRole('textbox', { name: 'Memory' }).getAttribute('aria-invalid')).not.toBe('true');
  });

  it('shows a refusal that belongs to no field above the form, in the server’s words', async () => {
    refusal = new DomainError('CONFLICT', 'The customer is being removed.');
    await fillIn();
    order();
    expect((await screen.findByRole('alert')).textContent).toContain('The customer is being removed.');
  });

  it('orders with the product’s presets, and twice with the same key', async () => {
    refusal = new DomainError('UNAVAILABLE', 'Try again.');
    await fillIn();
    order();
    await waitFor(() => expect(asked).toHaveLength(1));
    await screen.findByRole('alert');
    order();
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[0]?.configOptions).toEqual([
      { optionId: 'ram', quantity: 10 },
      { optionId: 'cpu', quantity: 10 },
    ]);
    expect(asked[0]?.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
    expect(asked[1]?.idempotencyKey).toBe(asked[0]?.idempotencyKey);
  });

  it('finds a product that is not among the first, and orders with its presets', async () => {
    refusal = new DomainError('UNAVAILABLE', 'Try again.');
    await fillIn();
    const field = screen.getByRole('combobox', { name: 'Product' });
    field.focus();
    fireEvent.change(field, { target: { value: 'zeb' } });
    const found = await screen.findByRole('option', { name: 'Zebra Rare' });
    // The present one does not fit what was typed: Enter must not take it.
    const list = document.getElementById(field.getAttribute('aria-controls') ?? '');
    expect([...(list?.querySelectorAll('[role=option]') ?? [])].map(({ textContent }) => textContent)).toEqual([
      'Zebra Rare',
    ]);
    fireEvent.click(found);
    expect(screen.getByRole('textbox', { name: 'Slots' })).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'Memory' })).toBeNull();
    order();
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ productId: 'p2', configOptions: [{ optionId: 'slots', quantity: 7 }] });
    expect((field as HTMLInputElement).value).toBe('Zebra Rare');
  });

  it('begins with the customer and the product of the page it was opened from', async () => {
    refusal = new DomainError('UNAVAILABLE', 'Try again.');
    renderInPanel(
      <AppRouterContext.Provider value={router}>
        <TRPCProvider url={url}>
          <OrderForm customer={customer} product={rare as never} />
        </TRPCProvider>
      </AppRouterContext.Provider>,
    );
    expect((await screen.findByRole<HTMLInputElement>('combobox', { name: 'Customer' })).value).toBe('Ada Fenwick');
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Product' });
    expect(field.value).toBe('Zebra Rare');
    field.focus();
    fireEvent.click(field);
    fireEvent.click(await screen.findByRole('option', { name: 'Zebra Rare' }));
    expect(field.value).toBe('Zebra Rare');
    order();
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({
      customerId: 'c1',
      productId: 'p2',
      configOptions: [{ optionId: 'slots', quantity: 7 }],
    });
  });

  it('asks nobody before customer and product are chosen', async () => {
    renderInPanel(
      <AppRouterContext.Provider value={router}>
        <TRPCProvider url={url}>
          <OrderForm />
        </TRPCProvider>
      </AppRouterContext.Provider>,
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Order service' }));
    expect(await screen.findByText('Choose a customer.')).toBeTruthy();
    expect(asked).toHaveLength(0);
  });
});
