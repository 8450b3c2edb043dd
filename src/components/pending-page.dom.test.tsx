import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { PendingPage } from './pending-page';
import { renderInPanel } from './testing/render-in-panel';

const back = { href: '/servers', label: 'Servers' };

describe('PendingPage', () => {
  it('has a title and a way back when what it is about could not be loaded', () => {
    const refetch = vi.fn();
    renderInPanel(
      <PendingPage title="Server" back={back} query={{ isError: true, error: new Error('no'), refetch }} />,
    );
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Server');
    expect(screen.getByRole('link', { name: 'Servers' }).getAttribute('href')).toBe('/servers');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(refetch).toHaveBeenCalledOnce();
  });

  it('leads back while it is loaded, too', () => {
    renderInPanel(<PendingPage title="Server" back={back} query={{ isError: false, error: null, refetch: vi.fn() }} />);
    expect(screen.getByRole('link', { name: 'Servers' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
