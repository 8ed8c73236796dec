import './node-version.cjs';
import { enableCompileCache } from 'node:module';

enableCompileCache();

// A reader that closes early, such as `head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const { run } = await import('./cli/run.ts');
await run(process.argv.slice(2), process);
