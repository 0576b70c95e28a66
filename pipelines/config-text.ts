/** A text as it is written in a config: in single quotes, on one line. */
export function configText(text: string): string {
    return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}
