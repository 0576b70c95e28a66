/** A text as it is written in a config: in single quotes, on one line, with every space that is no plain one in sight. */
export function configText(text: string): string {
    const escaped = text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n');
    return `'${escaped.replace(/[\u00a0\u202f]/g, (space) => `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}
