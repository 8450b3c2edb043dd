import { type ExecutorLog, type ExecutorSettings, reasonOf } from './settings';
import { startExecutor } from './start';

// The process that the supervisor starts. Settings come as the first message, never by the environment or arguments,
// where other users of the machine could read them.

function line(level: string, msg: string, fields: Record<string, unknown> = {}): void {
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), name: 'executor', msg, ...fields })}\n`,
  );
}

const log: ExecutorLog = {
  info: (message, fields) => line('info', message, fields),
  warn: (message, fields) => line('warn', message, fields),
  error: (message, fields) => line('error', message, fields),
};

// The supervisor may be gone and its pipe with it: that must not cut short what is still to be stored.
process.stdout.on('error', () => undefined);

const isSettings = (message: unknown): message is { type: 'settings'; settings: ExecutorSettings } =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  message.type === 'settings' &&
  'settings' in message;

function tell(message: Record<string, unknown>): void {
  if (process.connected) process.send?.(message);
}

async function run(settings: ExecutorSettings): Promise<void> {
  const executor = await startExecutor(settings, log);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    executor.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('The executor did not stop cleanly; what was under way is taken up at the next start.', {
          reason: reasonOf(error),
        });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  // A function that cannot run here must be told at the start, not when the first order hangs on it.
  await executor.synced;
  tell({ type: 'ready', port: executor.port });
}

function refuse(error: unknown): void {
  const message = reasonOf(error);
  log.error(message);
  tell({ type: 'refused', message });
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 100);
}

process.once('message', (message: unknown) => {
  if (isSettings(message)) run(message.settings).catch(refuse);
  else refuse(new Error('The executor was started with a first message that is not its settings.'));
});
if (!process.send) refuse(new Error('The executor is started by the supervisor: use npm start or npm run demo.'));
