// What an answer says of the collection that it is made from.

import { escapeControls } from '../config/escape.ts';
import { PARTS, type Snapshot } from '../model/snapshot.ts';
import type { CollectionInfo } from './endpoint.ts';

/** `id` is one that no other collection of the host has had. A code may be that of a recording, and so anybody's text. */
export function collectionInfo(id: string, { parts, timestampMs, os }: Snapshot): CollectionInfo {
  const failed = PARTS.flatMap((part) => {
    const error = parts[part]?.error;
    return error === undefined ? [] : [{ part, code: escapeControls(error.code) }];
  });
  return { id, time: new Date(timestampMs).toISOString(), os, failed };
}
