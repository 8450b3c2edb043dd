import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { renderInPanel } from './testing/render-in-panel';
import { useReturnFocus } from './use-return-focus';

function Question({ onClose }: { onClose: () => void }) {
  useReturnFocus();
  return (
    <div role="dialog">
      <button type="button" onClick={onClose}>
        Close
      </button>
    </div>
  );
}

function Page() {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setAsked(true)}>
        Ask
      </button>
      {asked && <Question onClose={() => setAsked(false)} />}
    </>
  );
}

const press = (name: string) => {
  const button = screen.getByRole('button', { name });
  button.focus();
  fireEvent.click(button);
};
const nextFrame = () => act(() => new Promise<void>((done) => requestAnimationFrame(() => done())));

it('gives the focus back to what opened the question', async () => {
  renderInPanel(<Page />);
  press('Ask');
  press('Close');
  expect(document.activeElement).toBe(document.body);
  await nextFrame();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Ask' }));
});

it('leaves it to the next question when that is open by then', async () => {
  renderInPanel(<Page />);
  press('Ask');
  press('Close');
  press('Ask');
  screen.getByRole('button', { name: 'Close' }).focus();
  await nextFrame();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Close' }));
});
