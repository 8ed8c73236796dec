/**
 * Preloaded into a process that is measured: answers each message of its parent with what it has used so far, and keeps it
 * from running only for that.
 */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1_000 });
});
process.channel?.unref();
