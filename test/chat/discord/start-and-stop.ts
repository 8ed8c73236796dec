import { once } from 'node:events';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { posting } from './samples.ts';

/** Starts the Discord platform, posts if the argument is `post`, and stops on any standard input. */
const [apiUrl = '', token = '', what] = process.argv.slice(2);
const discord = createDiscord({ token, apiUrl, log: silent });

const started = discord.start();
const posted = what === 'post' ? discord.post(posting()) : undefined;
await once(process.stdin, 'data');
process.stdin.destroy();
await discord.stop();
process.stdout.write('stopped\n');
await started;
if (posted !== undefined) process.stdout.write(`${(await posted).kind}\n`);
