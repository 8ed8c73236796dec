import { takeCallback } from './callbacks.ts';
import { getChannel } from './channels.ts';
import { listCommands, putCommands } from './commands.ts';
import { crosspost } from './crosspost.ts';
import { openDirect } from './direct-messages.ts';
import { gatewayBot } from './gateway-bot.ts';
import { editMessage, listMessages, postMessage } from './messages.ts';
import { getRole } from './roles.ts';
import type { Route } from './route.ts';
import { getMe } from './users.ts';
import { deleteOriginal, editOriginal, followUp, getOriginal } from './webhooks.ts';

/** Every endpoint the double knows; the first that matches answers. */
export const ROUTES: readonly Route[] = [
  gatewayBot,
  getMe,
  getChannel,
  getRole,
  openDirect,
  postMessage,
  editMessage,
  listMessages,
  crosspost,
  listCommands,
  putCommands,
  takeCallback,
  getOriginal,
  editOriginal,
  deleteOriginal,
  followUp,
];
