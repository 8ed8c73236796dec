import { isInUse } from '../../store/channels.ts';
import type { SettingsStep } from './step.ts';

export const inUse: SettingsStep = (channel) => (isInUse(channel) ? undefined : { reason: 'not-in-use' });
