import { fireEvent, screen } from '@testing-library/react';
import { PathnameContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { PendingPage } from './pending-page';
import { renderInPanel } from './testing/render-in-panel';

const back = { href: '/servers', label: 'Servers' };

const renderAt = (pathname: string, children: ReactNode) =>
  renderInPanel(<PathnameContext value={pathname}>{children}</PathnameContext>);

describe('PendingPage', () => {
  it('has a title and a way back when what it is about could not be loaded', () => {
    const refetch = vi.fn();
    const query = { isError: true, error: new Error('no'), refetch };
    renderAt('/servers/1', <PendingPage title="Server" back={back} query={query} />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Server');
    expect(screen.getByRole('link', { name: 'Servers' }).getAttribute('href')).toBe('/servers');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(refetch).toHaveBeenCalledOnce();
    expect(screen.getByRole('alert').textContent).toContain('log');
  });

  it('sends no customer to a log', () => {
    const query = { isError: true, error: new Error('no'), refetch: vi.fn() };
    renderAt('/my/services/1', <PendingPage title="Service" back={back} query={query} />);
    expect(screen.getByRole('alert').textContent).toContain('write to us');
    expect(screen.getByRole('alert').textContent).not.toContain('log');
  });

  it('leads back while it is loaded, too', () => {
    const query = { isError: false, error: null, refetch: vi.fn() };
    renderAt('/servers/1', <PendingPage title="Server" back={back} query={query} />);
    expect(screen.getByRole('link', { name: 'Servers' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
