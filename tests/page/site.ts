/** A site that is the test's: import it before whatever keeps a copy of `fetch`. */

interface Site {
  requests: { url: string; cache: RequestCache | undefined }[];
  answer(url: string, options: RequestInit): Response | Promise<Response>;
}

export const site: Site = {
  requests: [],
  answer: () => new Response("", { status: 404 }),
};

globalThis.fetch = async (what, options = {}) => {
  site.requests.push({ url: String(what), cache: options.cache });
  return site.answer(String(what), options);
};
