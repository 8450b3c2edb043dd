'use client';

import { type ReactNode, useMemo } from 'react';
import { FieldsView } from './field-view';
import { type Field, type LiveChoices, readFields, type SchemaNode } from './fields';
import { Surroundings } from './surroundings';
import type { FormObject } from './values';

/**
 * A form made from a JSON schema, as `z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })` writes it on the
 * server (`modules.get` answers `forms.config` and `forms.settings`, with the module's own texts filled in).
 *
 *   const fields = useSchemaFields(module.forms.settings);
 *   const [values, setValues] = useState(() => initialValues(fields, product.moduleSettings));
 *   <SchemaForm fields={fields} values={values} onChange={setValues} errors={errorsByPath(issues)} prefix="moduleSettings" />
 *   save.mutate({ moduleSettings: toSettings(fields, values) });
 *
 * It never judges: the server's own schema does, and its issues are shown on the fields they name. For comfort
 * `missingFields(fields, values, storedSecrets)` names required fields that are still empty before anything is sent.
 */
interface SchemaFormProps {
  fields: readonly Field[];
  values: FormObject;
  onChange: (values: FormObject) => void;
  /** First message per path, the prefix included: `config.login.password`. */
  errors?: Record<string, string>;
  /** Where these values stand in the input of the procedure. */
  prefix: string;
  /** Paths (without prefix) of secrets that are stored: they may stay empty. */
  storedSecrets?: readonly string[];
  /** Lists that the panel itself offers, by the field's path or by the name in its `choices` hint. */
  choices?: Record<string, LiveChoices>;
  disabled?: boolean;
}

/** The fields of a schema, read once. */
export function useSchemaFields(schema: unknown): Field[] {
  // The server made it with zod; every part of it is looked at before it is used.
  return useMemo(() => (schema ? readFields(schema as SchemaNode) : []), [schema]);
}

export function SchemaForm(props: SchemaFormProps): ReactNode {
  const { fields, values, onChange, errors = {}, prefix, storedSecrets = [], choices = {}, disabled = false } = props;
  const surroundings = useMemo(
    () => ({ errors, prefix, storedSecrets, choices, disabled }),
    [errors, prefix, storedSecrets, choices, disabled],
  );
  return (
    <Surroundings.Provider value={surroundings}>
      <FieldsView fields={fields} values={values} onChange={onChange} at="" />
    </Surroundings.Provider>
  );
}
