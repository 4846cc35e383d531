// What an answer says of the collection that it is made from.

import { PARTS, type Snapshot } from '../model/snapshot.ts';
import type { CollectionInfo } from './endpoint.ts';

/** `id` is one that no other collection of the host has had. */
export function collectionInfo(id: string, { parts, timestampMs, os }: Snapshot): CollectionInfo {
  const failed = PARTS.flatMap((part) => {
    const error = parts[part]?.error;
    return error === undefined ? [] : [{ part, code: error.code }];
  });
  return { id, time: new Date(timestampMs).toISOString(), os, failed };
}
