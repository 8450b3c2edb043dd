import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderInPanel } from '@/components/testing/render-in-panel';
import type { BulkAction } from './bulk-action';
import { BulkList } from './bulk-list';

interface Row {
  id: string;
  open: boolean;
}

const rows: Row[] = [
  { id: 'ash', open: true },
  { id: 'oak', open: true },
  { id: 'elm', open: false },
];
const done: string[] = [];
const shut: BulkAction<Row> = {
  key: 'shut',
  label: 'Shut',
  icon: null,
  text: 'They are shut.',
  reason: 'needed',
  refuse: ({ open }) => (open ? null : 'it is shut already'),
  run: async ({ id }, reason) => {
    if (id === 'oak') throw new Error('The door of oak is stuck.');
    done.push(`${id}: ${reason}`);
  },
};
const draw = (items = rows, actions = [shut]) =>
  renderInPanel(
    <BulkList
      items={items}
      label="Doors"
      idOf={({ id }) => id}
      titleOf={({ id }) => id}
      name={{ label: 'Door', render: ({ id }) => id }}
      columns={[]}
      badge={() => null}
      facts={() => null}
      actions={actions}
    />,
  );
const table = () => within(screen.getByRole('table'));
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

it('shows what will be touched and what not, does it, and tells how each one ended', async () => {
  draw();
  fireEvent.click(table().getByRole('checkbox', { name: 'Select all that are shown' }));
  expect(screen.getByRole('region', { name: '3 selected' })).toBeTruthy();
  press('Shut');
  const dialog = within(await screen.findByRole('dialog', { name: 'Shut: 3 selected' }));
  expect(dialog.getByText('Left out: it is shut already')).toBeTruthy();
  expect(dialog.getByRole('status').textContent).toBe('2 will be changed. 1 is left out.');
  fireEvent.click(dialog.getByRole('button', { name: 'Shut (2)' }));
  expect(dialog.getByText('Say why, in a few words.')).toBeTruthy();
  expect(done).toEqual([]);
  fireEvent.change(dialog.getByRole('textbox', { name: 'Why?' }), { target: { value: 'Night' } });
  fireEvent.click(dialog.getByRole('button', { name: 'Shut (2)' }));
  await waitFor(() => expect(dialog.getByText('The door of oak is stuck.')).toBeTruthy());
  expect(done).toEqual(['ash: Night']);
  expect(dialog.getByRole('status').textContent).toBe('1 done. 1 was refused; nothing was changed there.');
});

it('forgets a row that is no longer shown, and offers nothing where nothing can be done', () => {
  const { unmount } = draw();
  fireEvent.click(table().getByRole('checkbox', { name: 'Select elm' }));
  expect(within(screen.getByRole('region', { name: '1 selected' })).queryByRole('button', { name: 'Shut' })).toBeNull();
  unmount();
  draw(rows, []);
  expect(screen.queryAllByRole('checkbox')).toEqual([]);
});

it('asks to type how many where data dies', async () => {
  draw(rows, [{ ...shut, typed: true }]);
  fireEvent.click(table().getByRole('button', { name: 'Actions for ash' }));
  fireEvent.click(screen.getByRole('menuitem', { name: 'Shut' }));
  const button = await screen.findByRole('button', { name: 'Shut (1)' });
  expect(button).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByRole('textbox', { name: 'Type 1 to confirm' }), { target: { value: '1' } });
  expect(button).toHaveProperty('disabled', false);
});
