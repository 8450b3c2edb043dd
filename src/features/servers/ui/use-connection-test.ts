'use client';

import { useMutation } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '@/trpc/client';
import type { RouterInputs } from '@/trpc/types';
import type { CheckAnswer, CheckLine } from './checklist';

type Ask = (part: 'network' | 'panel', language: 'en' | 'tr') => Promise<CheckAnswer>;

export interface TestState {
  lines: CheckLine[];
  running: 'network' | 'panel' | null;
  certificate: CheckAnswer['certificate'];
  /** null = not tested, or not to its end. */
  ok: boolean | null;
}

const UNTESTED: TestState = { lines: [], running: null, certificate: null, ok: null };

/** Asks in two halves, so that the first lines stand while the second are being found out. */
function useHalves() {
  const language = useLocale();
  const [state, setState] = useState(UNTESTED);
  const run = async (ask: Ask) => {
    setState({ ...UNTESTED, running: 'network' });
    try {
      const network = await ask('network', language);
      setState({
        lines: network.lines,
        certificate: network.certificate,
        running: network.ok ? 'panel' : null,
        ok: network.ok ? null : false,
      });
      if (!network.ok) return;
      const panel = await ask('panel', language);
      setState({
        lines: [...network.lines, ...panel.lines],
        certificate: network.certificate,
        running: null,
        ok: panel.ok,
      });
    } catch {
      // The refusal stands in the mutation, on the fields it names.
      setState(UNTESTED);
    }
  };
  return { ...state, run, forget: () => setState(UNTESTED) };
}

/** The test of values that are not saved. */
export function useConnectionTest(onRefused: (error: unknown) => void) {
  const trpc = useTRPC();
  const test = useMutation(trpc.servers.testConnection.mutationOptions({ onError: onRefused }));
  const halves = useHalves();
  const start = (input: RouterInputs['servers']['testConnection']) =>
    halves.run((part, language) => test.mutateAsync({ ...input, part, language }));
  return { ...halves, start, error: test.error };
}

/** The test of a server as it is stored. */
export function useServerTest(id: string) {
  const trpc = useTRPC();
  const test = useMutation(trpc.servers.test.mutationOptions());
  const halves = useHalves();
  const start = () => halves.run((part, language) => test.mutateAsync({ id, part, language }));
  return { ...halves, start, error: test.error };
}
