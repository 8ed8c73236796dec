// CommonJS, so that even a Node that cannot read TypeScript says what to do instead of showing a stack trace.
require('./node-version.cjs');

const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

enableCompileCache();
// What the environment has already stays; the demo and the replay need no settings.
const env = join(__dirname, '..', '.env');
if (['start', 'digest', 'facts', 'doctor'].includes(process.argv[2]) && existsSync(env)) process.loadEnvFile(env);

import('./main.ts');
