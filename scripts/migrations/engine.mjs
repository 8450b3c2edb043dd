// Prisma's schema engine as WebAssembly, over the `pg` adapter: the same SQL and the same bookkeeping as
// `prisma migrate deploy`, without the native program that Prisma would download.
//
// It may be instantiated once in a process, and it leaves a timer behind: use it in a process that ends by itself.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

const require = createRequire(import.meta.url);
let loading;

function loadEngine() {
  loading ??= (async () => {
    // The engine looks for this global when it panics; without it a panic hides its own message.
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => Object.assign(panic, { message }) };
    const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
    const file = require.resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
    const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': glue });
    glue.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    return glue.SchemaEngine;
  })();
  return loading;
}

/** Filled by the engine just before it panics; a panic arrives as an uncaught exception, not as a rejection. */
export const panic = { message: '' };

/**
 * Hands an engine to `work` and closes its connections afterwards. `sqlError()` is what PostgreSQL itself said, which the
 * engine would hide behind a number.
 */
export async function withEngine({ connectionString, datamodels }, work) {
  // One connection: the engine's lock belongs to a session. A lock held elsewhere would otherwise be waited for without end.
  const adapters = new PrismaPg({ connectionString, max: 1, options: '-c lock_timeout=10000' });
  const open = [];
  let sqlError;
  const keep =
    (method) =>
    async (...args) => {
      const adapter = runScriptsWhole(await adapters[method](...args), (error) => {
        sqlError = error;
      });
      open.push(adapter);
      return adapter;
    };
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: adapters.provider,
    adapterName: adapters.adapterName,
    connect: keep('connect'),
    connectToShadowDb: keep('connectToShadowDb'),
  });
  const SchemaEngine = await loadEngine();
  const engine = await SchemaEngine.new({ datamodels }, () => {}, factory);
  try {
    return await work(engine, () => sqlError);
  } finally {
    engine.free();
    for (const adapter of open) await adapter.dispose();
  }
}

/**
 * The adapter cuts a script at every semicolon, also inside function bodies and strings, and runs the pieces without a
 * transaction. Sent whole, PostgreSQL parses it and runs all of it or nothing.
 */
function runScriptsWhole(adapter, onError) {
  adapter.executeScript = async (sql) => {
    try {
      await adapter.client.query(sql);
    } catch (error) {
      onError(Object.assign(error, { script: sql }));
      adapter.onError(error);
    }
  };
  return adapter;
}
