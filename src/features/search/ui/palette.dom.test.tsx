import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderInPanel } from '@/components/testing/render-in-panel';

const push = vi.fn();
const found = {
  services: [{ id: 'a'.repeat(36), name: 'play.example.org', product: 'Small', customer: 'Ada', status: 'ACTIVE' }],
  servers: [],
  customers: [],
  operations: [],
};
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));
vi.mock('@/trpc/client', () => ({
  useTRPC: () => ({
    search: {
      find: { queryOptions: (input: object) => ({ queryKey: ['find', input], queryFn: () => Promise.resolve(found) }) },
    },
  }),
}));
const { PaletteButton } = await import('./palette-button');

beforeEach(() => push.mockClear());

async function type(text: string) {
  fireEvent.keyDown(document.documentElement, { key: 'k', code: 'KeyK', ctrlKey: true });
  const field = await screen.findByRole('textbox');
  fireEvent.change(field, { target: { value: text } });
  return field;
}

it('opens by Ctrl+K, finds by name and goes there by Enter alone', async () => {
  renderInPanel(<PaletteButton pages={[]} isAdmin />);
  const field = await type('play');
  await screen.findByText('play.example.org');
  fireEvent.keyDown(field, { key: 'ArrowDown', code: 'ArrowDown' });
  fireEvent.keyDown(field, { key: 'Enter', code: 'Enter' });
  await waitFor(() => expect(push).toHaveBeenCalledWith(`/services/${'a'.repeat(36)}`));
});

it('offers support only what they may begin', async () => {
  renderInPanel(<PaletteButton pages={[]} isAdmin={false} />);
  await type('ne');
  await screen.findByText('New service');
  expect(screen.queryByText('New product')).toBeNull();
});
