// Comfort for those who have JavaScript; every page works without it. No page needs to call anything here:
// elements say by attributes what they want.
//
//   details[data-menu]            closes with Escape and when the focus or a click goes elsewhere
//   form[data-draft="key"]        what is typed is kept on this device until it is sent
//   form[data-ask-before-leaving] asks before somebody leaves with changes that were not saved
//   [data-slider-of="id"]         the slider in it and the number in the field of this id say the same
//   [data-shown-if="name"]        its field shows only while the field of this name in the form has one of the values
//                                 in data-shown-for (blanks between them)
//   form (any, method post)       a second press of the button sends nothing twice; one whose draft htmx keeps is sent
//                                 after that
//   [data-go="address"]           the work is done: go on to its result
//   .work (progress)              the page it asks says no more of this work: show that page
"use strict";

(() => {
  const unsaved = new Set();
  const sending = new WeakSet();
  const SETTLED_MS = 50; // htmx has put what it got into the page by then

  // ---- menus

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
  const closeOthers = (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);

  // ---- forms

  // A full or forbidden store loses the comfort, not the form.
  const safely = (ask) => {
    try {
      return ask();
    } catch {
      return null;
    }
  };
  const remember = (key, value) => safely(() => localStorage.setItem(key, JSON.stringify(value)));
  const remembered = (key, otherwise) => safely(() => JSON.parse(localStorage.getItem(key))) ?? otherwise;
  const forget = (key) => safely(() => localStorage.removeItem(key));

  const draftOf = (form) => `keino-draft:${location.pathname}:${form.dataset.draft}`;

  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));

  const valuesOf = (form) =>
    fieldsOf(form).map((field) => [field.name, ["checkbox", "radio"].includes(field.type) ? [field.value, field.checked] : field.value]);

  const keepDraft = (form) => remember(draftOf(form), valuesOf(form));

  const fillFromDraft = (form) => {
    const kept = remembered(draftOf(form), null);
    if (!kept || form.querySelector("[data-error-summary]")) return;
    const fields = fieldsOf(form);
    for (const [name, value] of kept) {
      for (const field of fields.filter((one) => one.name === name)) {
        if (Array.isArray(value)) {
          if (field.value === value[0]) field.checked = value[1];
        } else if (!["checkbox", "radio"].includes(field.type)) {
          field.value = value;
        }
      }
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (form.dataset.draft !== undefined) keepDraft(form);
    if (form.dataset.askBeforeLeaving !== undefined) unsaved.add(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return; // htmx sends it
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    if (form.classList.contains("htmx-request")) {
      // its draft is being kept: sent beside that, people would be in conflict with themselves
      event.preventDefault();
      const send = () => setTimeout(() => form.requestSubmit(event.submitter), SETTLED_MS);
      form.addEventListener("htmx:afterRequest", send, { once: true });
      return;
    }
    sending.add(form);
    unsaved.delete(form);
    if (form.dataset.draft !== undefined) remember("keino-drafts-sent", [...remembered("keino-drafts-sent", []), draftOf(form)]);
  });

  // A draft that was sent is forgotten on the next page, unless that one is the log-in or an error: then it wasn't taken.
  const forgetSentDrafts = () => {
    const taken = !location.pathname.startsWith("/account/") && !document.querySelector("[data-error-page]");
    for (const key of taken ? remembered("keino-drafts-sent", []) : []) forget(key);
    forget("keino-drafts-sent");
  };

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) sending.delete(form); // back by the browser's button: the form may be sent again
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });

  // ---- sliders: the number beside one is what counts, and may say more than the slider can

  const numberIn = (text) => parseFloat(text.replace(/\s/g, "").replace(",", "."));

  const showOnSlider = (slider, field) => {
    const number = numberIn(field.value);
    if (!Number.isNaN(number)) slider.value = number;
    slider.setAttribute("aria-valuetext", field.value ? `${field.value} %` : "–");
  };

  const tieSlider = (box) => {
    const slider = box.querySelector("input[type=range]");
    const field = document.getElementById(box.dataset.sliderOf);
    if (!slider || !field) return;
    box.hidden = false;
    showOnSlider(slider, field);
    field.addEventListener("input", () => showOnSlider(slider, field));
    slider.addEventListener("input", () => {
      field.value = slider.value;
      showOnSlider(slider, field);
    });
  };

  // ---- questions that depend on another one; a hidden one depends on nothing that could show it

  const fieldBox = (input) => input.closest(".form-field");

  const chosenIn = (form, name) =>
    [...form.elements]
      .filter((field) => field.name === name && !fieldBox(field)?.hidden)
      .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
      .map((field) => field.value);

  const showAsked = (form) => {
    for (const input of form.querySelectorAll("[data-shown-if]")) {
      const chosen = chosenIn(form, input.dataset.shownIf);
      fieldBox(input).hidden = !input.dataset.shownFor.split(" ").some((value) => chosen.includes(value));
    }
  };

  const followAnswers = (form) => {
    showAsked(form); // in the order of the page: a question depends on earlier ones only
    form.addEventListener("change", () => showAsked(form));
  };

  // ---- what a page or a part of it asks for when it appears

  const prepare = (part) => {
    part.querySelector("form[method=post] [data-error-summary]")?.focus();
    for (const form of part.querySelectorAll("form[data-draft]")) fillFromDraft(form);
    for (const box of part.querySelectorAll("[data-slider-of]")) tieSlider(box);
    const asking = [...part.querySelectorAll("form [data-shown-if]")].map((input) => input.form);
    for (const form of new Set(asking)) followAnswers(form);
    const done = part.matches?.("[data-go]") ? part : null;
    if (done) location.assign(done.dataset.go);
  };

  document.addEventListener("DOMContentLoaded", () => {
    forgetSentDrafts();
    prepare(document);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (sending.has(event.target)) event.preventDefault(); // a draft that comes after the whole is late
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (!target.matches(".work[id]") || xhr.status !== 200 || xhr.responseText.includes(`id="${target.id}"`)) return;
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) prepare(event.detail.elt);
  });
})();
