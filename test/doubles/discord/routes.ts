import { getChannel } from './channels.ts';
import { gatewayBot } from './gateway-bot.ts';
import { listMessages, postMessage } from './messages.ts';
import type { Route } from './route.ts';

/** Every endpoint the double knows; the first that matches answers. */
export const ROUTES: readonly Route[] = [gatewayBot, getChannel, postMessage, listMessages];
