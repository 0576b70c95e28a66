/**
 * Which of the files with lead cards holds a lead. Writer and reader of the files must agree, so both
 * call this: FNV-1a over the id's UTF-8 bytes.
 *
 * @param {string} leadId
 * @param {number} shards how many files there are
 * @returns {number} from 0 to below `shards`
 */
export function shardOf(leadId, shards) {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(leadId)) {
        hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    return hash % shards;
}
