import { randomUUID } from 'node:crypto';
import { type Call, textParam } from './call.ts';
import { checkView } from './check-view.ts';
import type { Answer, Method, World } from './methods.ts';
import { type OpenView, SlackError } from './workspace.ts';

/** A trigger_id opens one view within three seconds. */
const TRIGGER_MS = 3_000;

const readView = (world: World, call: Call, type: 'home' | 'modal'): OpenView['view'] => {
  const { view } = call.params;
  if (typeof view !== 'object' || view === null) throw new SlackError('invalid_arguments');
  const faults = checkView({ ...view }, type);
  if (faults.length > 0) {
    world.onInvalid(call, faults);
    const messages = faults.map((fault) => `[ERROR] ${fault}`);
    throw new SlackError('invalid_arguments', { response_metadata: { messages } });
  }
  return { ...view };
};

const shown = ({ id, view }: OpenView): Answer => ({ view: { ...view, id, hash: randomUUID() } });

export const openView: Method = {
  token: 'bot',
  scopes: [],
  run: (world, call) => {
    const { triggers, modals, options } = world.workspace;
    const trigger = textParam(call, 'trigger_id');
    const given = triggers.get(trigger);
    if (given === undefined) throw new SlackError('invalid_trigger_id');
    if (options.now() - given > TRIGGER_MS) throw new SlackError('expired_trigger_id');
    const view = readView(world, call, 'modal');
    triggers.delete(trigger);
    const [userId = ''] = trigger.split('.');
    const open = { id: `V${randomUUID()}`, userId, view, edits: 0, errors: {} };
    modals.push(open);
    return shown(open);
  },
};

export const publishView: Method = {
  token: 'bot',
  scopes: [],
  run: (world, call) => {
    const userId = textParam(call, 'user_id');
    if (!/^[UW][A-Z0-9]+$/.test(userId)) throw new SlackError('user_not_found');
    const view = readView(world, call, 'home');
    const edits = (world.workspace.homes.get(userId)?.edits ?? 0) + 1;
    const home = { id: `VH${userId}`, userId, view, edits, errors: {} };
    world.workspace.homes.set(userId, home);
    return shown(home);
  },
};

export const updateView: Method = {
  token: 'bot',
  scopes: [],
  run: (world, call) => {
    const open = world.workspace.modals.find(({ id }) => id === textParam(call, 'view_id'));
    if (open === undefined) throw new SlackError('not_found');
    open.view = readView(world, call, 'modal');
    open.edits += 1;
    return shown(open);
  },
};
