/**
 * The address of a record in its system.
 * @param address what stands before the id; where it is not under https there is no link
 */
export function recordLink(
    address: string | null | undefined,
    id: string,
    behind = '',
): string | undefined {
    return address?.startsWith('https://')
        ? `${address}${encodeURIComponent(id)}${behind}`
        : undefined;
}
