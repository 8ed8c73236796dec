import { join } from 'node:path';
import { readConfig, root } from '../util/read-config.ts';
import { type Relation, relationsSchema } from './relations.ts';

/** @throws ConfigError naming file and line. */
export const loadRelations = (path = join(root, 'config/relations.yaml')): readonly Relation[] =>
  readConfig(path, relationsSchema).relations;
