'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { usePasswordQuestion } from '@/trpc/client';

// Loaded when it is first asked: most pages are left before that.
const Question = dynamic(() => import('./step-up-question').then((module) => module.StepUpQuestion), { ssr: false });

/** Asks for the password when something dangerous was asked for a while after signing in, and lets it go on. */
export function StepUpDialog() {
  const question = usePasswordQuestion();
  const [answer, setAnswer] = useState<((entered: boolean) => void) | null>(null);
  useEffect(() => question.register(() => new Promise<boolean>((resolve) => setAnswer(() => resolve))), [question]);
  const close = (entered: boolean) => {
    answer?.(entered);
    setAnswer(null);
  };
  return answer && <Question onClose={close} />;
}
