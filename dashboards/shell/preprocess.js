import evidencePreprocess from '@evidence-dev/preprocess';
import { injectComponents } from '@evidence-dev/sdk/build/svelte';
import preprocess from 'svelte-preprocess';
import { quoteParameters } from './safe-queries.js';

// The framework writes its name into the head of every page and every query's SQL into its body;
// readers find the model behind a number in HowComputed instead.
const ownPage = {
    markup: ({ content, filename }) => {
        if (!filename?.endsWith('+page.md')) return;
        // A page of one thing says in its front matter, as `tab`, where the thing's name is.
        const tab = /"tab":"([^"]+)"/.exec(content)?.[1];
        const code = content
            .replace(
                /<title>\{(.*?)\}<\/title>/,
                `<title>{${tab ? `${tab} ?? ` : ''}$1} · Jointly</title>`,
            )
            .replace(/\{:else\}\s*<!-- EITHER[\s\S]*?<title>.*?<\/title>/, '')
            .replace(
                /<!-- default twitter cardtags -->\s*<meta[^>]*>\s*<meta name="twitter:site"[^>]*>/,
                '',
            )
            .replace(/\{#if \w+ *\}\s*<QueryViewer[^>]*\/>\s*\{\/if\}/g, '');
        return { code: quoteParameters(code, filename) };
    },
};

/**
 * Makes components of pages. As plugins, and not in svelte.config.js, which is read for every
 * rendering of pages that are compiled already: to load these takes longer than many a page.
 */
export const preprocessors = [
    ...evidencePreprocess(true),
    ownPage,
    injectComponents(),
    preprocess({ postcss: true }),
].map((sveltePreprocess, place) => ({
    name: `jointly:preprocess-${place}`,
    api: { sveltePreprocess },
}));
