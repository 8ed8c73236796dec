// CommonJS, so that a Node that cannot read TypeScript prints what to do, not a stack trace.
const { execPath, execve, platform, argv, env } = process;

// An npm script finds the installed Node first. If npm itself runs on Node 26 or newer, that one is used instead.
const machineNode = env.npm_node_execpath;
const machineMajor = Number(/\bnode\/v(\d+)/.exec(env.npm_config_user_agent ?? '')?.[1]);
if (machineMajor >= 26 && machineNode && machineNode !== execPath && execve && platform !== 'win32') {
  execve(machineNode, [machineNode, ...process.execArgv, ...argv.slice(1)], env);
}

require('./node-version.cjs');

const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

enableCompileCache();
// Variables already in the environment win. The demo needs no settings.
const envFile = join(__dirname, '..', '.env');
if (['start', 'backup', 'replay', 'digest', 'facts', 'doctor', 'try'].includes(argv[2]) && existsSync(envFile))
  process.loadEnvFile(envFile);

import('./main.ts');
