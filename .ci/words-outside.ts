import { createRequire } from 'node:module';

const { parse, walk } = createRequire(import.meta.url)(
    '../dashboards/node_modules/svelte/compiler.cjs',
);

/** A word that a reader sees and that no message has. */
export interface Word {
    readonly line: number;
    readonly text: string;
}

/** Attributes and properties that readers see or hear. */
const SHOWN = new Set([
    'title',
    'subtitle',
    'label',
    'text',
    'source',
    'advice',
    'empty',
    'emptyMessage',
    'placeholder',
    'aria-label',
    'alt',
    'summary',
    'description',
    'xAxisTitle',
    'yAxisTitle',
]);

/** Elements and attributes with words of code. */
const CODE_ELEMENTS = new Set(['style', 'code', 'svg']);
const CODE_ATTRIBUTES = /^(class|style|d|viewBox|id|href|role|slot|on:.*|colorPalette)$/;

/** What is written the same in every language. */
const NAMES = /\b(Jointly|Jointly's|CSV|XLSX|npx)\b/g;

/** Columns, selectors and queries. */
const CODE_TEXT = /^\s*([a-z0-9]+(_[a-z0-9]+)+|\(?select\b[\s\S]*)\s*$/i;
const SELECTS = /^(querySelector|querySelectorAll|closest|matches)$/;

const wordsIn = (text: string) => (CODE_TEXT.test(text) ? '' : text.replace(NAMES, ''));
const hasWords = (text: string) => /\p{L}{2,}/u.test(wordsIn(text));
const isSentence = (text: string) => /\p{L}{2,} \p{L}/u.test(wordsIn(text));

/** The parts of the compiler's tree that are looked at: of markup and, in it, of code. */
interface Node {
    readonly type: string;
    readonly start: number;
    readonly name?: string;
    readonly data?: string;
    readonly value?: unknown;
    readonly key?: Node;
    readonly callee?: Node;
    readonly property?: Node;
}

/** Words of a page, a component or a module of the dashboards that stand outside the messages. */
export function wordsOutside(file: string, content: string): readonly Word[] {
    const found: Word[] = [];
    const report = (start: number, text: string) => {
        const before = start + text.search(/\S|$/);
        found.push({
            line: markup.slice(0, before).split('\n').length,
            text: text.trim().replace(/\s+/g, ' '),
        });
    };
    const markup = svelteOf(file, content);
    const title = file.endsWith('.md') ? /^title: +(.+)$/m.exec(content) : null;
    if (title && !title[1]?.startsWith('say(')) report(title.index, title[1] ?? '');

    const tree = parse(markup, { filename: file });
    for (const part of [tree.html, tree.instance, tree.module]) {
        if (part) {
            walk(part, {
                enter(this: { skip: () => void }, node: Node, parent: Node | null) {
                    if (isCode(node)) this.skip();
                    else if (isShown(node, parent)) report(node.start, textOf(node));
                },
            });
        }
    }
    return found;
}

/** Markup or a module as the compiler reads it, every line where it was. */
function svelteOf(file: string, content: string): string {
    if (/\.(js|ts)$/.test(file)) return `<script>${content}</script>`;
    if (!file.endsWith('.md')) return content;
    const blank = (text: string) => text.replace(/[^\n]/g, ' ');
    return (
        content
            .replace(/^---\n[\s\S]*?\n---\n/, blank)
            .replace(/^```[\s\S]*?^```/gm, blank)
            // The address of a link, and code.
            .replace(/\]\([^)]*\)/g, blank)
            .replace(/`[^`\n]*`/g, blank)
    );
}

function isCode({ type, name, callee }: Node): boolean {
    if (type === 'Element') return CODE_ELEMENTS.has(name ?? '');
    if (type === 'Attribute') return CODE_ATTRIBUTES.test(name ?? '');
    if (type === 'CallExpression')
        return callee?.name === 'say' || SELECTS.test(callee?.property?.name ?? '');
    // What a developer reads.
    return type === 'ThrowStatement' || type === 'ImportDeclaration' || type === 'EventHandler';
}

function isShown(node: Node, parent: Node | null): boolean {
    const text = textOf(node);
    if (node.type === 'Text') {
        return parent?.type === 'Attribute'
            ? SHOWN.has(parent.name ?? '') && hasWords(text)
            : hasWords(text);
    }
    if (node.type !== 'Literal' && node.type !== 'TemplateElement') return false;
    if (typeof node.value !== 'string' && node.type === 'Literal') return false;
    const property = parent?.type === 'Property' && parent.value === node ? parent.key : undefined;
    const isWordProperty = SHOWN.has(String(property?.name ?? property?.value));
    return isWordProperty ? hasWords(text) : isSentence(text);
}

function textOf({ data, value }: Node): string {
    if (data !== undefined) return data;
    if (typeof value === 'object' && value !== null && 'cooked' in value)
        return String(value.cooked);
    return String(value ?? '');
}
