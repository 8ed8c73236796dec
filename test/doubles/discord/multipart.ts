/** One uploaded file, by the form field it came in. */
export interface UploadedFile {
  /** `files[0]` */
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Form {
  readonly payload: unknown;
  readonly files: readonly UploadedFile[];
}

/** Reads a JSON body, or a form of `payload_json` and `files[n]`. Throws where it is neither. */
export const readForm = async (contentType: string, bytes: Uint8Array<ArrayBuffer>): Promise<Form> => {
  if (!contentType.startsWith('multipart/form-data')) {
    return { payload: bytes.length === 0 ? {} : JSON.parse(new TextDecoder().decode(bytes)), files: [] };
  }
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    files.push({ field, name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  const payload = form.get('payload_json');
  return { payload: typeof payload === 'string' ? JSON.parse(payload) : {}, files };
};
