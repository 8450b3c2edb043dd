import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import en from '@/messages/en.json';
import tr from '@/messages/tr.json';
import { STATUS_TONES, StatusBadge, type StatusKind } from './status-badge';
import { renderInPanel } from './testing/render-in-panel';

describe('StatusBadge', () => {
  it('says a word beside the colour, in the language of the reader', () => {
    renderInPanel(<StatusBadge kind="operation" status="UNKNOWN" />, 'tr');
    const word = screen.getByText('Bakılmalı');
    expect(word.closest('[data-tone]')?.getAttribute('data-tone')).toBe('violet');
  });

  it('shows the step instead of the status when there is one', () => {
    renderInPanel(<StatusBadge kind="operation" status="RUNNING" label="Creating the account" />);
    expect(screen.getByText('Creating the account')).toBeTruthy();
    expect(screen.queryByText('Running')).toBeNull();
  });

  it('has a word for every status in every language', () => {
    for (const texts of [en.status, tr.status]) {
      for (const kind of Object.keys(STATUS_TONES) as StatusKind[]) {
        expect(Object.keys(texts[kind]).sort()).toEqual(Object.keys(STATUS_TONES[kind]).sort());
      }
    }
  });
});
