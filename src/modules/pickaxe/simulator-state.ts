import { randomBytes } from 'node:crypto';
import type { SimulatedAccount } from '@/modules/sdk/simulator-definition';

export interface SimulatedServer {
  serverId: string;
  externalId: string | null;
  name: string;
  nodeId: string;
  game: string;
  ram: number;
  cpu: number;
  disk: number;
  ip: string;
  port: number;
  ftpPort: number;
  status: 'running' | 'stopped' | 'suspended';
  suspendedReason: string | null;
  password: string | null;
  createdAt: string;
}

export interface PickaxeState {
  apiKey: string;
  nodeId: string;
  nextNumber: number;
  servers: SimulatedServer[];
  /** Login links that were not used yet: token -> server id, or "admin". */
  logins: Record<string, string>;
}

const FIRST_PORT = 25_565;
const FIRST_FTP_PORT = 21_000;

export function initialState(): PickaxeState {
  return {
    apiKey: `pk_${randomBytes(24).toString('hex')}`,
    nodeId: 'node-1',
    nextNumber: 1,
    servers: [],
    logins: {},
  };
}

export function addServer(
  state: PickaxeState,
  wanted: Pick<SimulatedServer, 'externalId' | 'name' | 'nodeId' | 'game' | 'ram' | 'cpu' | 'disk'> & {
    serverId?: string;
  },
): SimulatedServer {
  const number = state.nextNumber;
  state.nextNumber += 1;
  const server: SimulatedServer = {
    serverId: `srv-${String(number).padStart(5, '0')}`,
    // TEST-NET-3: an address that belongs to nobody.
    ip: `203.0.113.${10 + (number % 200)}`,
    port: FIRST_PORT + number,
    ftpPort: FIRST_FTP_PORT + number,
    status: 'running',
    suspendedReason: null,
    password: null,
    createdAt: new Date().toISOString(),
    ...wanted,
  };
  state.servers.push(server);
  return server;
}

const SHOWN: Record<SimulatedServer['status'], string> = {
  running: 'active',
  stopped: 'active',
  suspended: 'suspended',
};

export function accountOf(server: SimulatedServer): SimulatedAccount {
  const { serverId, externalId, name, status } = server;
  return {
    id: serverId,
    externalId,
    username: serverId,
    domain: name.includes('.') ? name : null,
    status: SHOWN[status],
  };
}

/** What the API shows of a server: everything but the password. */
export function publicServer({ password: _password, ...server }: SimulatedServer) {
  return server;
}

/** Invented but steady figures: they depend on the server alone. */
export function usageOf(server: SimulatedServer) {
  const seed = Number(server.serverId.replace(/\D/g, '')) || 7;
  const megabyte = 1024 * 1024;
  const share = 0.15 + ((seed * 37) % 60) / 100;
  const running = server.status === 'running';
  return {
    serverId: server.serverId,
    externalId: server.externalId,
    disk: { used: Math.round(server.disk * share) * megabyte, limit: server.disk * megabyte },
    network: { used: seed * 731 * megabyte, limit: null },
    memory: { used: running ? Math.round(server.ram * share) * megabyte : 0, limit: server.ram * megabyte },
    cpu: running ? Math.round(share * 100) : 0,
  };
}
