import { chainAuditEachMinute } from './functions/chain-audit';
import { checkAuditNightly } from './functions/check-audit';
import { checkOneServer } from './functions/check-server';
import { checkServers } from './functions/check-servers';
import { cleanUpNightly } from './functions/clean-up';
import { heartbeat } from './functions/heartbeat';
import { provisionService } from './functions/provision-service';
import { reconcileCountersNightly } from './functions/reconcile-counters';
import { runOperation } from './functions/run-operation';
import { sendEmail } from './functions/send-email';
import { syncUsageOfServer } from './functions/sync-server-usage';
import { syncUsage } from './functions/sync-usage';

/** Every durable function; what is not listed here is not served. */
export const functions = [
  provisionService,
  runOperation,
  sendEmail,
  heartbeat,
  checkServers,
  checkOneServer,
  syncUsage,
  syncUsageOfServer,
  cleanUpNightly,
  reconcileCountersNightly,
  chainAuditEachMinute,
  checkAuditNightly,
];
