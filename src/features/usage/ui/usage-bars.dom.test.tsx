import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderInPanel } from '@/components/testing/render-in-panel';
import { UsageBars } from './usage-bars';

const GB = 2 ** 30;
const shown = () => screen.getByTestId('shown').textContent;
const none = { used: null, limit: null } as const;

it('says how much of how much, that there is no limit, and leaves out what is not measured', () => {
  renderInPanel(
    <UsageBars
      disk={{ used: 3.2 * GB, limit: 10 * GB }}
      bandwidth={{ used: GB, limit: 'none' }}
      memory={none}
      cpuPercent={12.34}
    />,
  );
  expect(shown()).toContain('Disk space3.2 GB of 10.0 GB (32%)');
  expect(shown()).toContain('Transfer1.0 GB, no limit');
  expect(shown()).toContain('Processor12.3%');
  expect(shown()).not.toContain('Memory');
});

it('shows nothing used of nothing allowed without a share, and more than all of it as it is', () => {
  renderInPanel(
    <UsageBars
      disk={{ used: 0, limit: 0 }}
      bandwidth={{ used: 3 * GB, limit: 2 * GB }}
      memory={none}
      cpuPercent={null}
    />,
    'tr',
  );
  expect(shown()).toContain('0 B / 0 B');
  expect(shown()).toContain('3,0 GB / 2,0 GB (%150)');
});
