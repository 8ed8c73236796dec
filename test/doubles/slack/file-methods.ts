import { numberParam, textParam } from './call.ts';
import type { Method } from './methods.ts';
import { processedType, SlackError } from './workspace.ts';

export const getUploadUrl: Method = {
  token: 'bot',
  scopes: ['files:write'],
  run: ({ workspace, origin }, call) => {
    const name = textParam(call, 'filename');
    const length = numberParam(call, 'length');
    if (name === '' || length === undefined || !(length > 0)) throw new SlackError('invalid_arguments');
    const id = workspace.nextFileId();
    const file = { id, name, length, bytes: undefined, completed: false, pollsLeft: workspace.processingPolls };
    workspace.files.set(id, file);
    return { upload_url: `${origin()}/upload/${id}`, file_id: id };
  },
};

export const completeUpload: Method = {
  token: 'bot',
  scopes: ['files:write'],
  run: ({ workspace }, call) => {
    const { files } = call.params;
    if (!Array.isArray(files) || files.length === 0) throw new SlackError('invalid_arguments');
    return {
      files: files.map((each: unknown) => {
        const id: unknown = typeof each === 'object' && each !== null ? Reflect.get(each, 'id') : undefined;
        const file = workspace.files.get(String(id));
        if (file?.bytes === undefined) throw new SlackError('file_not_found');
        file.completed = true;
        return { id: file.id, title: file.name };
      }),
    };
  },
};

export const fileInfo: Method = {
  token: 'bot',
  scopes: ['files:read'],
  run: ({ workspace }, call) => {
    const file = workspace.files.get(textParam(call, 'file'));
    if (file === undefined) throw new SlackError('file_not_found');
    const mimetype = processedType(file) ?? '';
    file.pollsLeft -= 1;
    return { file: { id: file.id, name: file.name, title: file.name, mimetype, size: file.length } };
  },
};
