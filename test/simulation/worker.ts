import { parentPort } from 'node:worker_threads';
import { prepareSeeds } from './seeds.ts';

const runSeed = await prepareSeeds();
parentPort?.on('message', async (seed: number) => parentPort?.postMessage(await runSeed(seed)));
parentPort?.postMessage('ready');
