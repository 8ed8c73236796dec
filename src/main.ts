import './node-version.cjs';
import { enableCompileCache } from 'node:module';

enableCompileCache();

// A reader that closes early, such as `head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  const why = error.code === 'ENOSPC' ? 'the disk is full; free up space' : error.message;
  console.error(`cannot write the output: ${why}`);
  process.exit(1);
});
// Nothing can be said if stderr cannot be written; the exit status stays.
process.stderr.on('error', () => undefined);

const { run } = await import('./cli/run.ts');
await run(process.argv.slice(2), process);
