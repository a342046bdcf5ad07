// Shows the description of the API with Swagger UI, and mends what that makes hard to use without a mouse or by ear.

const place = document.querySelector("#description");

/** By what each fault is found, and what mends it. */
const MENDS = {
  // No level is left out below the title.
  "h3:not([aria-level])": heading => heading.setAttribute("aria-level", "2"),
  "h4:not([aria-level])": heading => heading.setAttribute("aria-level", "3"),
  "h5:not([aria-level])": heading => heading.setAttribute("aria-level", "4"),
  // A long answer is scrolled by keys.
  "pre.microlight:not([tabindex])": text => text.setAttribute("tabindex", "0"),
  // Everything stands in a named part of the page.
  ".information-container:not([role])": title => title.setAttribute("role", "banner"),
  // A link inside a button, which opens the same: keys and readers reach the button alone.
  "button a[href]": link => link.removeAttribute("href"),
  "select:not([aria-label])": list => list.setAttribute("aria-label", nameOf(list)),
};

/** The parameter that a list of values belongs to. */
function nameOf(list) {
  return list.closest("[data-param-name]")?.dataset.paramName ?? "value";
}

function mend() {
  for (const [found, mended] of Object.entries(MENDS)) place.querySelectorAll(found).forEach(mended);
}

new MutationObserver(mend).observe(place, { childList: true, subtree: true });
SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  // Its colours are too faint on their ground.
  syntaxHighlight: false,
});
