import type { Issue, Path } from './check-calls';
import type { Definition } from './definition';
import type { FieldDefinition } from './definition-fields';
import { fieldSchema, LOGIN_FIELDS, presetOf } from './schemas';

function fieldIssue(field: FieldDefinition, path: Path): Issue[] {
  const { kind, choices, min, max } = field;
  if (kind === 'choice' && choices.length === 0)
    return [{ path: [...path, 'choices'], message: 'A choice needs something to choose from.' }];
  if (min !== undefined && max !== undefined && min > max)
    return [{ path: [...path, 'max'], message: 'The largest number is below the smallest one.' }];
  if (kind === 'secret' && field.preset) {
    return [{ path: [...path, 'preset'], message: 'A secret has no preset: definitions are shown and exported.' }];
  }
  const preset = presetOf(field);
  if (preset === undefined || fieldSchema({ ...field, preset: undefined }).safeParse(preset).success) return [];
  return [{ path: [...path, 'preset'], message: 'The preset does not fit the field itself.' }];
}

function twins(names: readonly string[], path: Path, key: string): Issue[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ path: [...path, index, key], message: `"${name}" is there twice.` }] : [],
  );
}

/** Names that are taken, presets that do not fit, choices without choices. */
export function fieldIssues(definition: Definition): Issue[] {
  const { serverFields, productFields, options, actions, connection } = definition;
  const taken = ['baseUrl', ...LOGIN_FIELDS[connection.authentication.by]];
  const clashes = serverFields.flatMap(({ name }, index) =>
    taken.includes(name)
      ? [{ path: ['serverFields', index, 'name'], message: `"${name}" is a field of every server already.` }]
      : [],
  );
  return [
    ...clashes,
    ...serverFields.flatMap((field, index) => fieldIssue(field, ['serverFields', index])),
    ...productFields.flatMap((field, index) => fieldIssue(field, ['productFields', index])),
    ...twins(
      serverFields.map(({ name }) => name),
      ['serverFields'],
      'name',
    ),
    ...twins(
      productFields.map(({ name }) => name),
      ['productFields'],
      'name',
    ),
    ...twins(
      options.map(({ id }) => id),
      ['options'],
      'id',
    ),
    ...twins(
      actions.map(({ id }) => id),
      ['actions'],
      'id',
    ),
  ];
}
