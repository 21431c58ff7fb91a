// Sends ledger files in pieces: large ones too, and on after a broken connection or a reload. Without this script the
// form sends the files by itself.
//
//   form[data-upload]   a form with a field "files"; data-start-url begins a ledger, or data-files-url and data-read-url
//                       belong to one that is there already; texts are in data-text-…
"use strict";

(() => {
  const HASHED_BYTES = 64 * 1024 * 1024; // a browser hashes a file only as a whole, in memory
  const LONGEST_WAIT = 30000;

  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  const upload = (form) => {
    const field = form.querySelector("input[type=file]");
    const progress = form.querySelector("[data-upload-progress]");
    const button = form.querySelector("button[type=submit]");
    const text = (name) => form.dataset[`text${name}`];
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    let dropped = [];

    // ---- choosing: the field, a folder, or dropping

    const zone = document.createElement("p");
    zone.className = "upload-drop";
    zone.textContent = text("Drop");
    field.insertAdjacentElement("afterend", zone);

    if ("webkitdirectory" in HTMLInputElement.prototype) {
      const folder = document.createElement("input");
      folder.type = "file";
      folder.webkitdirectory = true;
      folder.multiple = true;
      folder.id = `${field.id}_folder`;
      const label = document.createElement("label");
      label.htmlFor = folder.id;
      label.textContent = text("Folder");
      zone.insertAdjacentElement("afterend", folder);
      folder.insertAdjacentElement("beforebegin", label);
      folder.addEventListener("change", () => choose([...folder.files].filter((file) => !file.name.startsWith("."))));
    }

    const choose = (files) => {
      dropped = files;
      field.required = !files.length;
      zone.textContent = files.length ? files.map((file) => file.name).join(", ") : text("Drop");
    };

    const inside = async (entry) => {
      if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
      const reader = entry.createReader();
      const found = [];
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) return found;
        for (const each of some) found.push(...(await inside(each)));
      }
    };

    for (const name of ["dragenter", "dragover"]) {
      form.addEventListener(name, (event) => {
        event.preventDefault();
        form.classList.add("is-dropping");
      });
    }
    form.addEventListener("dragleave", () => form.classList.remove("is-dropping"));
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      form.classList.remove("is-dropping");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
      const plain = [...event.dataTransfer.files];
      try {
        const lists = await Promise.all(entries.filter(Boolean).map(inside));
        choose(lists.length ? lists.flat().filter((file) => !file.name.startsWith(".")) : plain);
      } catch {
        choose(plain);
      }
    });

    // ---- talking to the site

    class Refused extends Error {
      constructor(answer) {
        super(answer.message || "");
        this.answer = answer;
      }
    }

    const ask = async (url, options) => {
      const response = await fetch(url, {
        credentials: "same-origin",
        headers: { "X-CSRFToken": token, Accept: "application/json", ...(options.headers || {}) },
        ...options,
      });
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      const answer = isJson ? await response.json() : {};
      if (response.status >= 500 || (!isJson && !response.ok)) throw new Error(String(response.status));
      if (!response.ok) throw new Refused(answer);
      return answer;
    };

    const post = (url, values) => ask(url, { method: "POST", body: new URLSearchParams(values) });

    // Whatever isn't a refusal is the network's fault: say so, wait, try again.
    const patiently = async (act, say) => {
      for (let pause = 1000; ; pause = Math.min(pause * 2, LONGEST_WAIT)) {
        try {
          return await act();
        } catch (error) {
          if (error instanceof Refused) throw error;
          say(text("Broken"));
          await wait(pause);
        }
      }
    };

    const hashOf = async (file) => {
      if (!window.crypto || !crypto.subtle || file.size > HASHED_BYTES) return "";
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    };

    // ---- one file

    const line = (file) => {
      const row = document.createElement("p");
      const name = document.createElement("strong");
      name.textContent = file.name;
      const bar = document.createElement("progress");
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const words = document.createElement("span");
      words.textContent = text("Waiting");
      row.append(name, " ", bar, " ", words);
      progress.append(row);
      return { bar, say: (what) => (words.textContent = what) };
    };

    const send = async (file, urls, shown) => {
      if (file.size > Number(form.dataset.limitBytes)) {
        shown.say(text("Large"));
        return false;
      }
      shown.say(text("Sending"));
      const begun = await patiently(() => post(urls.files, { name: file.name, size: file.size }), shown.say);
      let come = begun.received_bytes;
      for (;;) {
        while (come < file.size) {
          shown.bar.value = come;
          const piece = file.slice(come, come + begun.piece_bytes);
          const at = come;
          try {
            const answer = await patiently(
              () =>
                ask(`${begun.piece}?offset=${at}`, {
                  method: "POST",
                  body: piece,
                  headers: { "X-CSRFToken": token, "Content-Type": "application/octet-stream" },
                }),
              shown.say,
            );
            come = answer.received_bytes;
            shown.say(text("Sending"));
          } catch (error) {
            if (!(error instanceof Refused) || error.answer.code !== "wrong_offset") throw error;
            come = error.answer.received_bytes;
          }
        }
        shown.bar.value = file.size || 1;
        shown.say(text("Checking"));
        const sha256 = await hashOf(file);
        try {
          const done = await patiently(() => post(begun.finish, { sha256 }), shown.say);
          shown.say(done.message || text("Done"));
          return !done.message;
        } catch (error) {
          if (!(error instanceof Refused) || error.answer.code !== "not_all_received") throw error;
          come = error.answer.received_bytes;
        }
      }
    };

    // ---- all files

    const sendAll = async (files) => {
      progress.hidden = false;
      progress.replaceChildren();
      const rows = files.map(line);
      const values = { first_file: files[0].name };
      for (const name of ["title", "ledger_year"]) if (form.elements[name]) values[name] = form.elements[name].value;
      let urls = { files: form.dataset.filesUrl, read: form.dataset.readUrl };
      if (!urls.files) {
        urls = await patiently(() => post(form.dataset.startUrl, values), rows[0].say);
        // From now on a reload comes back to this ledger, where the same files go on.
        form.dataset.filesUrl = urls.files;
        form.dataset.readUrl = urls.read;
        history.replaceState(null, "", urls.add);
      }
      let isWhole = true;
      for (const [number, file] of files.entries()) {
        try {
          isWhole = (await send(file, urls, rows[number])) && isWhole;
        } catch (error) {
          rows[number].say(error.message);
          isWhole = false;
        }
      }
      return { isWhole, read: urls.read };
    };

    const goOn = (url) => {
      const last = document.createElement("form");
      last.method = "post";
      last.action = url;
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "csrfmiddlewaretoken";
      hidden.value = token;
      last.append(hidden);
      document.body.append(last);
      last.submit();
    };

    form.addEventListener("submit", async (event) => {
      const files = dropped.length ? dropped : [...field.files];
      if (!files.length) return; // the site says what is missing
      event.preventDefault();
      event.stopImmediatePropagation();
      button.disabled = true;
      const leaving = (left) => left.preventDefault();
      window.addEventListener("beforeunload", leaving);
      try {
        const { isWhole, read } = await sendAll(files);
        window.removeEventListener("beforeunload", leaving);
        if (isWhole) {
          goOn(read);
          return;
        }
        const words = document.createElement("p");
        words.textContent = text("Failed");
        const go = document.createElement("button");
        go.type = "button";
        go.textContent = text("GoOn");
        go.addEventListener("click", () => goOn(read));
        progress.append(words, go);
      } catch (error) {
        const words = document.createElement("p");
        words.textContent = error.message;
        progress.append(words);
      } finally {
        window.removeEventListener("beforeunload", leaving);
        button.disabled = false;
      }
    }, true);
  };

  for (const form of document.querySelectorAll("form[data-upload]")) upload(form);
})();
