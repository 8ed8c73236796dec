/** Run with few descriptors: takes them all, tries to draw a picture, and prints why it cannot. */
import { openSync } from 'node:fs';
import { chartPng } from '../../src/charts/png.ts';
import { nvda } from './specs.ts';

await chartPng(nvda);
try {
  for (;;) openSync('/dev/null', 'r');
} catch {
  await chartPng(nvda).then(
    () => process.stdout.write('drawn'),
    (fault: Error) => process.stdout.write(fault.message),
  );
}
