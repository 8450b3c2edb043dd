// Loaded first in every Node child: the child ends when its parent does, however the parent ended. The channel between
// them closes by itself, even after kill -9.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5000).unref();
});
// The channel alone must not keep a child alive that has nothing left to do.
process.channel?.unref();
