/** Runs once when the web process starts: the work that no request asks for. */
export async function register(): Promise<void> {
  // Next puts the runtime's name here while it compiles; this is not a setting.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startBackground } = await import('./features/health/start-background');
    await startBackground();
  }
}
