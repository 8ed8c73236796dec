/**
 * Preloaded into a process that is measured, and keeps it from running only for that: answers each message of its parent
 * with what it has used so far. At `keep` it writes its compile cache first, as it would at its end.
 */
import { flushCompileCache } from 'node:module';

process.on('message', (message) => {
  if (message === 'keep') flushCompileCache();
  const { user, system } = process.cpuUsage();
  process.send?.({ rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1_000 });
});
process.channel?.unref();
