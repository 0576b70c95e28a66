export type Steps = Readonly<Record<string, string | null>>;

/** Values of a CRM that its settings do not name, and that are no step of a lead for that. */
export interface UnnamedSteps {
    /** @param shown how it is told, where the value alone says little */
    readonly see: (value: string | null | undefined, shown?: string) => void;
    /** Tells of them once, when nothing more is read. */
    readonly tell: () => void;
}

/**
 * Notices values that a company has made and nobody has mapped: without a word, its leads would have no
 * steps. One that is named with null is none on purpose.
 * @param setting where values are named
 */
export function noticeUnnamed(
    setting: string,
    steps: Steps,
    onNote: (text: string) => void,
): UnnamedSteps {
    const unnamed = new Set<string>();
    return {
        see: (value, shown = value ?? '') => {
            if (value && steps[value] === undefined) unnamed.add(shown);
        },
        tell: () => {
            if (unnamed.size === 0) return;
            const values = [...unnamed].sort().join(', ');
            onNote(
                `leads had ${values}, which ${setting} does not name, so they are no step: give each its step, or null`,
            );
        },
    };
}
