import { flagParam, textParam } from './call.ts';
import type { Method } from './methods.ts';
import { SlackError } from './workspace.ts';

export const userInfo: Method = {
  token: 'bot',
  scopes: ['users:read'],
  run: ({ workspace }, call) => {
    const id = textParam(call, 'user');
    if (!/^[UW][A-Z0-9]+$/.test(id)) throw new SlackError('user_not_found');
    const {
      admin = false,
      owner = false,
      tz = 'America/New_York',
      locale = workspace.options.locale,
      name,
      without = [],
    } = workspace.people.get(id) ?? {};
    const told = {
      ...(flagParam(call, 'include_locale') && { locale }),
      ...(name !== undefined && { name: 'handle', real_name: 'Real Name', profile: { display_name: name } }),
    };
    // An owner is an administrator, too.
    const all = { id, team_id: 'T0000000001', is_bot: false, tz, is_admin: admin || owner, is_owner: owner, ...told };
    return { user: Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name))) };
  },
};

/** Slack keeps disabled groups, and names them only to those who ask for them. */
export const listGroups: Method = {
  token: 'bot',
  scopes: ['usergroups:read'],
  run: ({ workspace }, call) => ({
    usergroups: [
      ...[...workspace.groups].map(([id, handle]) => ({ id, handle, date_delete: 0 })),
      ...(flagParam(call, 'include_disabled')
        ? [...workspace.disabledGroups].map((id) => ({ id, handle: id.toLowerCase(), date_delete: 1_722_369_600 }))
        : []),
    ],
  }),
};
