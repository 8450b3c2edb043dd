'use client';

import { createContext, useContext } from 'react';
import type { LiveChoices } from './fields';

export interface FormSurroundings {
  errors: Record<string, string>;
  prefix: string;
  storedSecrets: readonly string[];
  choices: Record<string, LiveChoices>;
  disabled: boolean;
}

/** What every field needs of the form around it. */
export const Surroundings = createContext<FormSurroundings>({
  errors: {},
  prefix: '',
  storedSecrets: [],
  choices: {},
  disabled: false,
});

/** What a field needs of the form around it; `path` without the prefix. */
export function useField(path: string) {
  const { errors, prefix, storedSecrets, choices, disabled } = useContext(Surroundings);
  return {
    error: errors[`${prefix}.${path}`],
    isStored: storedSecrets.includes(path),
    choices: (name: string | undefined) => choices[path] ?? (name === undefined ? undefined : choices[name]),
    disabled,
  };
}
