import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { renderInPanel } from '@/components/testing/render-in-panel';
import type { LiveChoices } from './fields';
import { SchemaForm, useSchemaFields } from './schema-form';
import { initialValues, toSettings } from './values';

const schema = z.toJSONSchema(
  z.object({
    apiUrl: z.string().meta({ title: 'API address', description: 'Where it answers.' }),
    login: z
      .discriminatedUnion('by', [
        z.object({
          by: z.literal('token').meta({ title: 'Token' }),
          token: z.string().meta({ title: 'Token text', secret: true }),
        }),
        z.object({ by: z.literal('user').meta({ title: 'User' }), user: z.string().meta({ title: 'User name' }) }),
      ])
      .meta({ title: 'Sign-in' }),
    names: z.array(z.string()).max(2).meta({ title: 'Names' }),
  }),
  { io: 'input', target: 'draft-7' },
);

const sent: { settings: Record<string, unknown> } = { settings: {} };
const send = (settings: Record<string, unknown>) => Object.assign(sent, { settings });
function Form({ errors = {}, stored = [] }: { errors?: Record<string, string>; stored?: string[] }) {
  const fields = useSchemaFields(schema);
  const [values, setValues] = useState(() => initialValues(fields));
  send(toSettings(fields, values));
  return (
    <SchemaForm
      fields={fields}
      values={values}
      onChange={setValues}
      errors={errors}
      prefix="config"
      storedSecrets={stored}
    />
  );
}

it('collects what is typed, chosen, added and removed', () => {
  renderInPanel(<Form />);
  fireEvent.change(screen.getByLabelText('API address'), { target: { value: 'https://a' } });
  fireEvent.click(screen.getByLabelText('User'));
  fireEvent.change(screen.getByLabelText('User name'), { target: { value: 'ada' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  fireEvent.change(screen.getByLabelText('Names 1'), { target: { value: 'one' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByRole('button', { name: 'At most 2' })).toHaveProperty('disabled', true);
  fireEvent.click(screen.getByRole('button', { name: 'Remove Names 2' }));
  expect(sent.settings).toEqual({ apiUrl: 'https://a', login: { by: 'user', user: 'ada' }, names: ['one'] });
});

it('shows what the server says on the field it names', () => {
  renderInPanel(<Form errors={{ 'config.apiUrl': 'No address.', 'config.login.token': 'Wrong token.' }} />);
  const input = screen.getByLabelText('API address');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('No address.')).toBeTruthy();
  expect(screen.getByText('Wrong token.')).toBeTruthy();
});

it('never shows a stored secret, and says that empty keeps it', () => {
  renderInPanel(<Form stored={['login.token']} />, 'tr');
  const input = screen.getByLabelText<HTMLInputElement>('Token text');
  expect([input.value, input.placeholder]).toEqual(['', 'Kayıtlı']);
  expect(screen.getByText(/boş bırakın/)).toBeTruthy();
});

const planned = z.toJSONSchema(z.object({ plan: z.string().meta({ title: 'Plan', choices: 'packages' }) }), {
  io: 'input',
  target: 'draft-7',
});
function Planned({ packages, stored = '' }: { packages: LiveChoices; stored?: string }) {
  const fields = useSchemaFields(planned);
  const [values, setValues] = useState(() => initialValues(fields, { plan: stored }));
  send(toSettings(fields, values));
  return <SchemaForm fields={fields} values={values} onChange={setValues} prefix="settings" choices={{ packages }} />;
}

it('offers what the panel has, and lets who knows better type', () => {
  const items = [{ value: 'small', label: 'Small', description: '1 GB' }];
  renderInPanel(<Planned packages={{ state: 'ready', items, note: 'Read from Elm.' }} stored="gone" />);
  expect(screen.getByText(/No panel that was asked offers "gone"/)).toBeTruthy();
  fireEvent.click(screen.getByRole('combobox', { name: 'Plan' }));
  fireEvent.click(screen.getByRole('option', { name: /Small/ }));
  expect(sent.settings).toEqual({ plan: 'small' });
  fireEvent.click(screen.getByRole('button', { name: 'Type another one' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Plan' }), { target: { value: 'huge' } });
  expect(sent.settings).toEqual({ plan: 'huge' });
  fireEvent.click(screen.getByRole('button', { name: 'Choose from the list (1)' }));
  expect(screen.getByRole('combobox', { name: 'Plan' })).toHaveProperty('value', 'huge');
});

it('is a plain text field while the panel cannot be asked, and says so', () => {
  const asked: string[] = [];
  const packages: LiveChoices = {
    state: 'failed',
    items: [],
    note: 'Elm is silent.',
    refresh: () => asked.push('again'),
  };
  renderInPanel(<Planned packages={packages} />);
  fireEvent.change(screen.getByRole('textbox', { name: 'Plan' }), { target: { value: 'typed' } });
  expect(sent.settings).toEqual({ plan: 'typed' });
  expect(screen.getByRole('status').textContent).toBe('Elm is silent.');
  fireEvent.click(screen.getByRole('button', { name: 'Ask again' }));
  expect(asked).toEqual(['again']);
});
