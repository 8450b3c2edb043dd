/** Sample data of the demo and of tests. Connection settings come from the running simulators, in the order of `servers`. */
export const cpanelDemo = {
  group: { name: 'Web hosting EU', fillType: 'fill' },
  servers: [
    { name: 'Elm', hostname: 'elm.hosting.example', ipAddress: '203.0.113.20', type: 'SHARED', maxAccounts: 200 },
  ],
  products: [
    {
      name: 'Web Starter',
      description: 'One site, mail and databases, on 1 GB.',
      moduleSettings: { plan: 'starter' },
    },
    {
      name: 'Web Business',
      description: 'Room for shops: 20 GB, traffic without a limit, shell access.',
      moduleSettings: { plan: 'business', shell: true },
    },
  ],
} as const;
