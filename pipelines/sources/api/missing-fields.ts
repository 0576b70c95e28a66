/**
 * Tells of fields that the config names and the system does not have: their values would stay empty
 * without a word. Nothing where the system did not say which there are.
 */
export function tellMissing(
    connection: string,
    settings: Readonly<Record<string, string | undefined>>,
    known: Readonly<Record<string, unknown>>,
    onNote: (text: string) => void,
): void {
    if (Object.keys(known).length === 0) return;
    for (const [setting, name] of Object.entries(settings)) {
        if (name === undefined || Object.hasOwn(known, name)) continue;
        onNote(
            `${connection}: fields.${setting} names ${name}, which is no field there, so it stays empty`,
        );
    }
}
